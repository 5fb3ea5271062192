"""The runtime in which the embedded site's blocks live: a subclass of the XBlock SDK's
`WorkbenchRuntime` alone.

Its state table, ids, `?student=` and patches are replaced (`docs/decisions/0006-a-site-of-our-own-
around-the-sdk.md`).
"""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from web_fragments.fragment import Fragment
from workbench.runtime import WorkbenchI18NService, WorkbenchRuntime
from xblock.core import XBlock
from xblock.field_data import FieldData, ReadOnlyFieldData, SplitFieldData
from xblock.fields import Scope, ScopeIds
from xblock.runtime import KvsFieldData, Runtime

from peer_xblocks.standalone import results
from peer_xblocks.standalone.field_data import PersonStore
from peer_xblocks.standalone.usage_ids import CourseIds
from peer_xblocks.standalone.user_service import SessionUserService

OF_AUTHORS = (Scope.content, Scope.settings, Scope.parent, Scope.children)
OF_PEOPLE = (Scope.user_state, Scope.preferences, Scope.user_info, Scope.user_state_summary)


class SiteRuntime(WorkbenchRuntime):
    """Blocks of one course for one person in one request."""

    def __init__(self, ids: CourseIds, authored: FieldData, user: Any, role: str = "student"):
        kept = KvsFieldData(PersonStore())
        fields = dict.fromkeys(OF_AUTHORS, authored) | dict.fromkeys(OF_PEOPLE, kept)
        services = {
            "field-data": SplitFieldData(fields),
            "user": SessionUserService(user, role),
            "i18n": WorkbenchI18NService(),
            "completion": results.CompletionService(user),
        }
        # Past WorkbenchRuntime's own constructor: it would bring its state table, its ids and its
        # user.
        Runtime.__init__(self, ids, ids, services=services)
        self.person = user

    @classmethod
    def reading(cls, ids: CourseIds, authored: FieldData, user: Any, role: str) -> "SiteRuntime":
        """A runtime in which nobody can change what authors wrote."""
        return cls(ids, ReadOnlyFieldData(authored), user, role)

    def get_block(self, usage_id: Any, for_parent: XBlock | None = None) -> XBlock:
        """The block with this key, bound to the person of this request."""
        def_id = self.id_reader.get_definition_id(usage_id)
        block_type = self.id_reader.get_block_type(def_id)
        person = self.person.pk if self.person is not None else None
        keys = ScopeIds(person, block_type, def_id, usage_id)
        return self.construct_xblock(block_type, keys, for_parent=for_parent)

    def publish(self, block: XBlock, event_type: str, event_data: dict[str, Any]) -> None:
        """Keep a grade or a completion of the person of this request; other events are not kept."""
        if self.person is None:
            return
        usage_key = str(block.scope_ids.usage_id)
        if event_type == "grade":
            earned, possible = event_data["value"], event_data["max_value"]
            results.keep_grade(self.person.pk, usage_key, earned, possible)
        elif event_type == "completion":
            results.keep_completion(self.person.pk, usage_key, event_data["completion"])

    def handler_url(
        self,
        block: XBlock,
        handler_name: str,
        suffix: str = "",
        query: str = "",
        thirdparty: bool = False,
    ) -> str:
        """The address of a handler. There is no door without signing in, so `thirdparty` is
        refused.
        """
        if thirdparty:
            raise NotImplementedError("the embedded site has no handlers for third parties")
        url = reverse("handler", args=[str(block.scope_ids.usage_id), handler_name])
        return url + (f"?{query}" if query else "")

    def resource_url(self, resource: str) -> str:
        """The address of a static file of this site."""
        return static(resource)

    def local_resource_url(self, block: XBlock, uri: str) -> str:
        """Blocks publish no files of their own: everything static goes through Django's static
        files.
        """
        raise NotImplementedError("blocks of this site link their files with Django's static()")

    def applicable_aside_types(self, block: XBlock) -> list[str]:
        """No asides; the stock runtime scans every installed package for them at each render."""
        return []

    def _patch_xblock(self, block: XBlock) -> None:
        """Leave the block's own fields alone."""

    def _wrap_ele(
        self, block: XBlock, view: str, frag: Fragment, extra_data: dict[str, str] | None = None
    ) -> Fragment:
        """Put the block into its element, without the stock runtime's jQuery."""
        return Runtime._wrap_ele(self, block, view, frag, extra_data or {})
