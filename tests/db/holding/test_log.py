"""One log, many processes: ten thousand entries at once, and publishers that are killed."""

from itertools import count

import pytest

from peer_xblocks.core.record import Role
from peer_xblocks.evidence import tiles
from peer_xblocks.evidence.checkpoint import open_checkpoint
from peer_xblocks.evidence.merkle import root, verify_consistency
from peer_xblocks.evidence.verify import verify_pack
from peer_xblocks.records.api import audit, checkpoints
from peer_xblocks.records.api import people as known
from peer_xblocks.records.models import Checkpoint, Entry
from tests.db.holding.whole import Whole
from tests.db.records.conftest import appended, consent, hours
from tests.db.work.scene import BOARD, PROGRAMME, person

pytestmark = pytest.mark.django_db(transaction=True)
NEVER = 1_000_000


@pytest.fixture
def subjects(programme) -> list[str]:
    """Five people, as the log names them."""
    return [known.urn(person(f"tess-{n}", Role.TRAINEE), PROGRAMME) for n in range(5)]


def leaves() -> list[bytes]:
    """The leaf hashes of the log."""
    return [bytes(leaf) for leaf in Entry.objects.order_by("index").values_list("leaf", flat=True)]


def test_four_processes_append_ten_thousand_entries(crew, subjects, tmp_path):
    """Few or many at a time, about the same five people: no gap, no fork, each chain whole, the
    tree as recomputed, and a pack of all of it verifies.
    """
    said = crew.at_once(*[("append", PROGRAMME, 2_500, subjects)] * 4)
    told = {index: made for steps in said for step in steps for index, made in step}
    assert len(told) == 10_000
    assert Whole(PROGRAMME).check_log() == told
    appended(PROGRAMME, *(consent(one) for one in subjects))
    made = checkpoints.publish(PROGRAMME)
    assert (made.size, made.root) == (10_006, root(leaves()))
    auditor = person("olga", Role.AUDITOR, body=BOARD)
    pack = tmp_path / "pack.zip"
    with audit.write_pack(auditor, PROGRAMME) as file:
        pack.write_bytes(file.read())
    report = verify_pack(pack, [made.vkey])
    assert (report.exit_code, report.summary) == (0, "opened 10006 of 10006, withheld 0, erased 0")


class Published:
    """What was ever signed, and whether all of it is one history that the public files lead to."""

    def __init__(self) -> None:
        self.notes: set[str] = set()

    def check(self, said: list[str]) -> None:
        """After a death: nothing that was shown is gone, and nothing signed forks."""
        self.notes |= set(said)
        hashes = leaves()
        rows = list(Checkpoint.objects.order_by("size"))
        assert len({row.size for row in rows}) == len(rows)
        for row in rows:
            assert bytes(row.root) == root(hashes[: row.size])
        assert self.notes <= {bytes(row.note).decode() for row in rows}

    def check_healed(self) -> None:
        """After the next publishing: the files lead to the newest root, from each older one."""
        made = checkpoints.publish(PROGRAMME)
        self.check([made.note])
        assert checkpoints.file(PROGRAMME, "checkpoint").decode() == made.note

        def read(tile: tiles.Tile) -> bytes:
            return checkpoints.file(PROGRAMME, tile.path)

        assert tiles.root_from_tiles(made.size, read) == made.root == root(leaves())
        for note in self.notes:
            old = open_checkpoint(note.encode(), [made.vkey])
            proof = tiles.consistency_from_tiles(old.size, made.size, read)
            verify_consistency(old.size, made.size, old.root, made.root, proof)
        for tile in tiles.tiles_of(made.size):
            if tile.level == 0:
                bundle = tiles.parse_bundle(checkpoints.file(PROGRAMME, tile.entries_path))
                assert len(bundle) == tile.width


def test_a_publisher_that_dies_anywhere_is_made_up_for(crew, subjects, settings):
    """In the middle of each file and after each write of the database: the next publishing shows
    what was signed, and never signs another history.
    """
    appended(PROGRAMME, *(hours(subjects[0]) for _ in range(251)))
    published, sound = Published(), settings.STORAGES
    dying = {**sound["peer_xblocks_log"], "BACKEND": "tests.db.holding.dying_storage.DyingStorage"}
    for point in count(1):
        options = {**dying["OPTIONS"], "die_at": point}
        settings.STORAGES = {**sound, "peer_xblocks_log": {**dying, "OPTIONS": options}}
        in_a_file = crew.do("publish", PROGRAMME, subjects[:1], die_at=NEVER)
        settings.STORAGES = sound
        published.check(in_a_file)
        published.check_healed()
        after_a_write = crew.do("publish", PROGRAMME, subjects[:1], die_at=point)
        published.check(after_a_write)
        published.check_healed()
        if in_a_file and after_a_write:
            break
    assert point > 5


def test_publishers_killed_at_any_moment(crew, subjects):
    """Two that publish one after the other as fast as they can, and die, four times over."""
    published = Published()
    for turn in range(4):
        alive = crew.of(2)
        for worker in alive:
            worker.tell("publish", PROGRAMME, subjects, NEVER)
        said = []
        for number, worker in enumerate(alive):
            said += [worker.hear()["said"] for _ in range(1 + turn + number)]
            said += worker.kill()
        Whole(PROGRAMME).check_log()
        published.check(said)
        published.check_healed()
