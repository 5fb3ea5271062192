"""The user service of the embedded site: the person of the session, described as the platform
describes people.
"""

from typing import Any

from xblock.reference.user_service import UserService, XBlockUser


class SessionUserService(UserService):
    """Tells blocks who is signed in, under the names that the platform uses."""

    def __init__(self, user: Any, role: str) -> None:
        self._session_user = user
        super().__init__()
        self._role = role

    def get_current_user(self) -> XBlockUser:
        """The person of the session; an anonymous one when nobody is signed in."""
        user = self._session_user
        if user is None or not user.is_authenticated:
            nobody = XBlockUser(is_current_user=True)
            nobody.opt_attrs["edx-platform.is_authenticated"] = False
            return nobody
        person = XBlockUser(
            is_current_user=True,
            emails=[user.email] if user.email else [],
            full_name=user.get_full_name(),
        )
        person.opt_attrs |= {
            "edx-platform.user_id": user.pk,
            "edx-platform.username": user.get_username(),
            "edx-platform.is_authenticated": True,
            "edx-platform.user_is_staff": self._role == "staff",
            "edx-platform.user_role": self._role,
        }
        return person
