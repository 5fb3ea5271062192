"""A site in which something of everything has happened, and what nobody may come to read there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from conftest import Site, forms_of, look_over, open_scene
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import transaction
from django.test import Client, TestCase

from peer_xblocks.assessment.api import appeals, drafts, ratings, referrals, releases, seats
from peer_xblocks.assessment.models import CaseRecord, RatingRecord, Referral, Tie
from peer_xblocks.blocks import person
from peer_xblocks.core.rating import CriterionRating, Evidence, Rating, SeenError
from peer_xblocks.core.record import Goal, Role
from peer_xblocks.core.rubric import BehaviourKind
from peer_xblocks.records.api import checkpoints, documents, grants
from peer_xblocks.records.models import Record
from peer_xblocks.work.api import captions, partners, recordings, submissions, uploads
from tests import media

FIRST, NOTED, THIRD, PRIVATE = "canary-first", "canary-noted", "canary-third", "canary-private"
NOBODY = ""
ADDED = {"ada": Role.AUTHOR, "sam": Role.SUPERVISOR}
BODY = "example-board"


@dataclass
class Scene:
    """The site, everybody in it, the ids of what is there, and who may read which canary."""

    site: Site
    ids: dict[str, list[Any]] = field(default_factory=dict)
    may_read: dict[str, set[str]] = field(default_factory=dict)
    blind: str = ""
    sessions: dict[str, str] = field(default_factory=dict)

    @property
    def people(self) -> list[str]:
        """Everybody who may ask: each role, somebody without one, and nobody."""
        return [*self.sessions, NOBODY]

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Whatever is done inside has its callbacks called, and is taken back at the end."""
        whole = transaction.atomic()
        whole._from_testcase = True  # as TestCase does it: what the api owns counts as outermost
        with whole:
            with TestCase.captureOnCommitCallbacks(execute=True):
                yield
            transaction.set_rollback(True)

    def client(self, who: str) -> Client:
        """A browser of somebody, as signed in as they were at the beginning."""
        from django.conf import settings

        cache.clear()  # also of what the limit of requests a minute has counted
        client = Client(raise_request_exception=False)
        if who != NOBODY:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        return client

    def check_kept(self, before: dict[str, tuple[Any, ...]]) -> None:
        """No stored rating is changed or gone."""
        now = stored()
        changed = {key for key, rating in before.items() if now.get(key) != rating}
        assert not changed, "a stored rating was changed"

    def check_unread(self, who: str, shown: str) -> None:
        """Nothing of what somebody may not read is in what they were shown."""
        rated = RatingRecord.objects.filter(case__submission=self.blind).count()
        for canary, readers in self.may_read.items():
            is_blind = canary != FIRST or rated < 2
            assert who in readers or not is_blind or canary not in shown, f"{who!r} read {canary}"


def stored() -> dict[str, tuple[Any, ...]]:
    """Every rating as it is stored, with the bytes of its record."""
    rows = RatingRecord.objects.order_by("id").values_list()
    records = Record.objects.filter(kind="rating").values_list("urn", "canonical")
    return {f"row {row[0]}": row for row in rows} | {
        urn: (bytes(canonical),) for urn, canonical in records
    }


def make(site: Site) -> Scene:
    """Let it all happen."""
    scene = Scene(site)
    for name, role in ADDED.items():
        grants.give(None, get_user_model().objects.create_user(name), site.programme, role)
    get_user_model().objects.create_superuser("olu")
    get_user_model().objects.create_user("stranger")
    scenes = [one.url_name for one in blocks(site, "peer_role_play")]
    released = _released(scene, scenes[0])
    disputed = _disputed(scene, scenes[1])
    scene.blind = _half_rated(scene, scenes[2])
    _private(scene, scenes[3])
    # Farid audits for the body to which Amara opens what is recorded: every record at once, and he
    # rates nobody.
    scene.may_read = {
        FIRST: {"ingrid", "farid"},
        NOTED: {"tomas"},
        THIRD: {"ingrid", "ruth", "farid"},
        PRIVATE: {"amara"},
    }
    scene.ids["submission_id"] = [released, disputed, scene.blind]
    _know_ids(scene)
    checkpoints.publish(site.programme)
    for name in ("amara", "luis", "ingrid", "tomas", "wen", "ruth", "farid", *ADDED, "olu"):
        scene.sessions[name] = _session(site.user(name))
    scene.sessions["stranger"] = _session(site.user("stranger"))
    return scene


def _session(user: Any) -> str:
    client = Client()
    client.force_login(user)
    return next(one.value for one in client.cookies.values())


def blocks(site: Site, tag: str) -> list[Any]:
    return [one for unit in site.library.units() for one in unit.blocks if one.tag == tag]


def _handed_in(site: Site, who: str, url_name: str) -> str:
    """A performance in words, with consent for a certifying body."""
    browser = look_over(site.browser(who), "No is fine.", url_name)
    browser.send(browser.form("hand_in"), body=[BODY])
    return str(submissions.mine(site.user(who), site.programme)[0].id)


def _rated(scene: Scene, who: str, key: str, **how: Any) -> None:
    user = scene.site.user(who)
    seat = seats.take_next(user, scene.site.programme)
    scene.ids.setdefault("seat_id", []).append(str(seat.id))
    rating = rating_of(seats.desk(user, seat.id), **how)
    ratings.submit(user, seat.id, rating, key)


def rating_of(desk: Any, canary: str = "", harm: int = 0) -> Rating:
    """A whole rating with a canary wherever words can stand; harm in the first so many criteria."""
    criteria = []
    for number, criterion in enumerate(desk.rubric.criteria):
        kinds = [BehaviourKind.BASIC, *([BehaviourKind.HARMFUL] if number < harm else [])]
        ticked = tuple(b.id for kind in kinds for b in criterion.of_kind(kind))
        quote = (Evidence(kind="quote", text=canary),) if canary else ()
        one = CriterionRating(
            criterion=criterion.id, behaviours=ticked, comment=canary, evidence=quote
        )
        criteria.append(one)
    error = desk.critical_errors.errors[0].code
    return Rating(
        criteria=tuple(criteria),
        critical_errors=(SeenError(code=error, observation=canary),) if canary and harm else (),
        overall_comment=canary,
    )


def _released(scene: Scene, url_name: str) -> str:
    """Released to Luis, who appeals; with a recording of his own beside it."""
    site = scene.site
    luis = site.user("luis")
    one = _handed_in(site, "luis", url_name)
    _rated(scene, "ingrid", "a")
    _rated(scene, "tomas", "b")
    goal = Goal(criterion=None, text="Wait a little longer after a hard sentence.")
    releases.release(site.user("ruth"), one, (goal,), "Thank you, Luis.", "key-release")
    appeals.make(luis, one, "technical", "My last line was cut.", "key-appeal")
    return one


def _disputed(scene: Scene, url_name: str) -> str:
    """Rated by two who differ; the third seat is Wen's, who may read neither."""
    one = _handed_in(scene.site, "amara", url_name)
    _rated(scene, "ingrid", "c", canary=THIRD, harm=1)
    _rated(scene, "tomas", "d")
    seat = seats.take_next(scene.site.user("wen"), scene.site.programme)
    scene.ids["seat_id"].append(str(seat.id))
    return one


def _half_rated(scene: Scene, url_name: str) -> str:
    """Rated by Ingrid; Tomas is at it."""
    site = scene.site
    one = _handed_in(site, "amara", url_name)
    _rated(scene, "ingrid", "e", canary=FIRST, harm=1)
    tomas = site.user("tomas")
    seat = seats.take_next(tomas, site.programme)
    scene.ids["seat_id"].append(str(seat.id))
    noted = rating_of(seats.desk(tomas, seat.id), NOTED)
    drafts.save(tomas, seat.id, 0, noted, ())
    referrals.refer_from_seat(tomas, seat.id, "Somebody may be at risk.", "key-referral")
    assert CaseRecord.objects.get(submission=one).state == CaseRecord.State.RATING
    return one


def _private(scene: Scene, url_name: str) -> None:
    """What Amara keeps for herself: a reflection, a begun recording, an upload."""
    site = scene.site
    browser = site.browser("amara")
    lesson = next(
        one.url_name
        for one in blocks(site, "peer_lesson")
        if any(f.action.endswith("/reflect") for f in forms_of(browser.unit(one.url_name).html))
    )
    browser.send(browser.form("reflect"), text=PRIVATE)
    assert PRIVATE in browser.unit(lesson).html
    scene.ids["unit"] = [f"unit-{lesson}"]
    amara = site.user("amara")
    open_scene(site.browser("amara"), url_name, "with_partner")
    scenario = site.block("peer_role_play", url_name).role_play.scenario
    place = person.place_of(site.block("peer_role_play", url_name))
    sound = media.made("wav", 1)
    recording = recordings.receive(amara, place, "scene.wav", iter([sound]), "audio/wav")
    begun = uploads.begin(amara, place, "take-1", origin="recorded", media_type="audio/webm")
    documents.put(scenario.canonical_bytes())
    scene.ids["key"] = [partners.make(amara, place, scenario.digest)]
    scene.ids["recording_id"] = [str(recording.id)]
    scene.ids["upload"] = [str(begun.id)]
    captions.put(amara, recording.id, "WEBVTT\n\n00:00.100 --> 00:00.900\nYes?\n", "en")


def _know_ids(scene: Scene) -> None:
    """Whatever an address or a field may name."""
    library = scene.site.library
    records = Record.objects.order_by("index").values_list("urn", flat=True)
    seats_of_each = scene.ids["seat_id"]
    scene.ids |= {
        "seat_id": [seats_of_each[0], *seats_of_each[3:]],
        "programme": [scene.site.programme],
        "tie_id": list(Tie.objects.values_list("id", flat=True)),
        "referral_id": [str(one) for one in Referral.objects.values_list("uuid", flat=True)],
        "record_id": list(records),
        "url_name": [one.url_name for one in library.units()][:3],
        "path": ["checkpoint", "tile/0/000", "tile/entries/000", "peer_xblocks/desk.js"],
        "level": ["0", "entries"],
        "tile": ["000.p/1", "000"],
        "trainee_id": [scene.site.user(name).pk for name in ("amara", "luis")],
        "assessor_id": [scene.site.user(name).pk for name in ("ingrid", "wen")],
        "user": list(get_user_model().objects.values_list("id", flat=True)),
    }
