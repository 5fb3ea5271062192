"""What every block of ours has in common: an activity that an author wrote, read from an archive
and written into one, shown without anybody in it, and edited in Studio as its source.
"""

from typing import Any, ClassVar, Protocol

from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Scope

from peer_xblocks.blocks import frame, olx, studio
from peer_xblocks.blocks.activity import PlainData, written_in
from peer_xblocks.blocks.answers import Shown
from peer_xblocks.blocks.handler import Call, handler
from peer_xblocks.core.errors import Error, NotFoundError
from peer_xblocks.core.value import Value


class Forms(Protocol):
    """A module of `authoring`: an activity's two written forms."""

    def load(self, text: str, name: str) -> Any:
        """The value of a source. Raises ProblemsError."""

    def to_text(self, value: Any) -> str:
        """The source of a value."""

    def from_olx(self, element: Any) -> Any:
        """The value of an element. Raises ProblemsError."""

    def to_olx(self, value: Any) -> Any:
        """The element of a value."""


class ActivityBlock(XBlock):
    """A block around one activity. What a trainee sees and does is the block's own."""

    shape: ClassVar[type[Value]]
    forms: ClassVar[Forms]
    starter: ClassVar[str]
    """The template of a source to begin with."""

    activity = PlainData(scope=Scope.content, help="What the author wrote, as its value in `core`.")

    has_author_view = True
    show_in_read_only_mode = True
    resources_dir = None

    def written(self) -> Any:
        """The value of the activity. Raises NotFoundError while nothing is written."""
        value = written_in(self, self.shape)
        if value is None:
            raise NotFoundError
        return value

    def preview(self, value: Any) -> str:
        """The activity without anybody in it."""
        raise NotImplementedError

    def found_by(self, value: Any) -> dict[str, str]:
        """The words, beside its title, by which Studio's search may find an activity."""
        raise NotImplementedError

    def public_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The activity for somebody who is not signed in: to read, not to act."""
        value = written_in(self, self.shape)
        if value is None:
            return frame.nothing_yet()
        return frame.fragment(self.preview(value), scripted=False)

    def author_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The activity as Studio previews it."""
        return self.public_view(context)

    def studio_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The source to edit, each problem beside its line, with a preview."""
        value = written_in(self, self.shape)
        source = studio.starter(self.starter, self) if value is None else self.forms.to_text(value)
        return studio.view(self, source)

    def index_dictionary(self) -> dict[str, Any]:
        """What Studio's search may find."""
        index = super().index_dictionary()
        value: Any = written_in(self, self.shape)
        if value is not None:
            index["content"] = {"display_name": value.title, **self.found_by(value)}
        kind = self.fields["display_name"].default
        return index | {"content_type": f"Peer {kind.lower()}"}

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any) -> Any:
        """The block of its element."""
        return olx.parse(cls, node, runtime, keys, cls.forms.from_olx)

    def add_xml_to_node(self, node: Any) -> None:
        """Write the block as its element."""
        value = written_in(self, self.shape)
        olx.write(self, node, None if value is None else self.forms.to_olx(value))

    def _edit_again(self, call: Call, error: Error) -> Shown:
        return studio.again(self, call, error)

    @handler(_edit_again, role="author")
    def preview_source(self, call: Call) -> Shown:
        """Show what a source would look like, or what is wrong with it."""
        return studio.preview(self, call, self.forms.load, self.preview)

    @handler(_edit_again, role="author")
    def save_source(self, call: Call) -> Shown:
        """Keep a source without problems."""
        return studio.save(self, call, self.forms.load, self.preview)
