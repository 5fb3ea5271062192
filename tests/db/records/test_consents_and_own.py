"""What a trainee does and sees: consent, the own record, and who has read it."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from peer_xblocks.core.errors import ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.core.record import Kind, Role
from peer_xblocks.records.api import audit, consents, mine, people
from peer_xblocks.records.models import Record
from tests.db.records.conftest import BOARD, appended, consent, hours, release, submission

SAYS = "I agree that the board may see this."


def urn() -> str:
    """A fresh id."""
    return f"urn:uuid:{uuid.uuid4()}"


@pytest.mark.django_db(transaction=True)
def test_consent_is_given_and_withdrawn_for_an_own_submission(programme, trainee, subject, auditor):
    """Both are records, and the latest word is what holds."""
    first = urn()
    appended(programme, submission(subject, first))
    until = timezone.now() + timedelta(days=365)
    consents.agree(trainee, programme, {BOARD: until}, [first], SAYS)
    assert audit.open_record(auditor, programme, first).envelope.id == first
    (now,) = consents.current(subject, programme)
    assert (now.body, now.submission, now.is_in_force) == (BOARD, first, True)
    consents.withdraw(trainee, programme, [BOARD], [first], "No longer.")
    assert [one.is_in_force for one in consents.current(subject, programme)] == [False]
    with pytest.raises(ForbiddenError):
        audit.open_record(auditor, programme, first)


@pytest.mark.django_db(transaction=True)
def test_a_word_on_the_programme_overrules_earlier_ones(programme, trainee, subject):
    """Withdrawn for the programme is withdrawn for each earlier submission."""
    first = urn()
    appended(programme, submission(subject, first))
    consents.agree(trainee, programme, [BOARD, "other-board"], [first], SAYS)
    consents.withdraw(trainee, programme, [BOARD], [], "No longer.")
    held = {
        (one.body, one.submission): one.is_in_force for one in consents.current(subject, programme)
    }
    assert held == {("other-board", first): True, (BOARD, None): False}


@pytest.mark.django_db(transaction=True)
def test_nobody_consents_for_another(programme, subject, person):
    """A submission of somebody else and one that does not exist are the same: not found."""
    first = urn()
    appended(programme, submission(subject, first))
    ben = person("ben", Role.TRAINEE)
    appended(programme, hours(people.urn(ben, programme)))
    for about in (first, urn()):
        with pytest.raises(NotFoundError):
            consents.agree(ben, programme, [BOARD], [about], SAYS)
        with pytest.raises(NotFoundError):
            consents.withdraw(ben, programme, [BOARD], [about], SAYS)


@pytest.mark.django_db(transaction=True)
def test_who_only_acts_has_nothing_to_withdraw(programme, subject, person):
    """An assessor has an id in the records and no records of their own, and begins none so."""
    ann = person("ann", Role.ASSESSOR)
    people.urn(ann, programme)
    with pytest.raises(ForbiddenError):
        consents.withdraw(ann, programme, [BOARD], [], "No longer.")
    assert not Record.objects.exists()


def test_a_consent_names_bodies_of_the_programme_and_a_sentence(programme, trainee, person):
    """Consent to nobody, to a stranger, or without words is none."""
    for bodies, statement in (([], SAYS), (["no-board"], SAYS), ([BOARD], " ")):
        with pytest.raises(InvalidError):
            consents.give(trainee, programme, bodies, [], statement)
    with pytest.raises(ForbiddenError):
        consents.give(person("lea", Role.LEAD), programme, [BOARD], [], SAYS)
    fact = consents.give(trainee, programme, [BOARD], [], SAYS)
    assert (fact.kind, fact.body.scope) == (Kind.CONSENT, "programme")


def test_the_own_record_is_all_of_ones_own_and_nothing_else(programme, trainee, subject, person):
    """Records are listed in order; another person's list has none of them."""
    first, ben = urn(), person("ben", Role.TRAINEE)
    appended(programme, submission(subject, first, "calm"), hours(people.urn(ben, programme)))
    appended(programme, release(subject, urn(), first))
    own = mine.records(trainee, programme)
    assert [(one.kind, one.seq, one.submission) for one in own] == [
        (Kind.SUBMISSION, 1, first),
        (Kind.RELEASE, 2, first),
    ]
    assert own[1].body["message"] == "Well done."
    assert [one.kind for one in mine.records(ben, programme)] == [Kind.HOURS]
    assert mine.records(person("new"), programme) == ()


def test_what_others_judged_is_listed_without_its_content(programme, trainee, subject):
    """A record of another's act shows neither what it says nor who they are."""
    fact = hours(subject)
    lead = urn()
    appended(programme, type(fact)(fact.kind, subject, fact.body, lead, Role.LEAD))
    (one,) = mine.records(trainee, programme)
    assert (one.body, one.acting_as) == (None, "lead")
    assert lead not in repr(one)


def test_readers_are_shown_by_record_body_and_day(programme, trainee, subject, auditor):
    """Opening a record twice on a day is one line that says twice."""
    first = urn()
    appended(programme, submission(subject, first), consent(subject, first))
    assert mine.readers(trainee, programme) == ()
    audit.open_record(auditor, programme, first)
    audit.open_record(auditor, programme, first)
    audit.search(auditor, programme, kind="submission")
    searched, opened = sorted(mine.readers(trainee, programme), key=lambda one: one.times)
    assert (searched.how, searched.times) == ("search", 1)
    assert (opened.how, opened.times, opened.record_id) == ("open", 2, first)
    assert (opened.body, opened.kind) == ("Example Certification Board", Kind.SUBMISSION)
    assert opened.on == opened.last_at.date()


def test_nobody_sees_who_read_about_another(programme, subject, auditor, person):
    """The readers of one person are no business of the next."""
    appended(programme, hours(subject), consent(subject))
    audit.search(auditor, programme)
    ben = person("ben", Role.TRAINEE)
    people.urn(ben, programme)
    assert mine.readers(ben, programme) == ()
