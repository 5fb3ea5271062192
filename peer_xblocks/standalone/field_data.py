"""What people keep in blocks, in rows of ours: one row for a scope, a block and a person.

A row is read once in a request, however many fields are asked for. Writing is a read, a merge and
a write under the row's lock: what another request has added to the same field since is kept beside
what this one changed.
"""

import copy
import json
from typing import Any

from django.db import IntegrityError, transaction
from xblock.runtime import KeyValueStore

from peer_xblocks.standalone.models import FieldData

Row = tuple[str, str, int]


class PersonStore(KeyValueStore):
    """The fields that belong to people, for the length of one request."""

    def __init__(self) -> None:
        self._rows: dict[Row, dict[str, Any]] = {}

    def get(self, key: KeyValueStore.Key) -> Any:
        """The value of a field. Raises KeyError when it was never set."""
        return copy.deepcopy(self._fields(row_of(key))[key.field_name])

    def has(self, key: KeyValueStore.Key) -> bool:
        """Whether a field was ever set."""
        return key.field_name in self._fields(row_of(key))

    def set(self, key: KeyValueStore.Key, value: Any) -> None:
        """Set one field."""
        self.set_many({key: value})

    def set_many(self, update_dict: dict[KeyValueStore.Key, Any]) -> None:
        """Set several fields, each row once."""
        changes: dict[Row, dict[str, Any]] = {}
        for key, value in update_dict.items():
            changes.setdefault(row_of(key), {})[key.field_name] = value
        for row, fields in changes.items():
            self._rows[row] = _save(row, self._fields(row), fields)

    def delete(self, key: KeyValueStore.Key) -> None:
        """Forget one field."""
        row = row_of(key)
        with transaction.atomic():
            kept = _locked(row)
            fields = json.loads(kept.fields)
            del fields[key.field_name]
            _write(kept, fields)
        self._rows[row] = fields

    def _fields(self, row: Row) -> dict[str, Any]:
        if row not in self._rows:
            scope, key, person = row
            found = FieldData.objects.filter(scope=scope, key=key, person=person).first()
            self._rows[row] = json.loads(found.fields) if found else {}
        return self._rows[row]


def row_of(key: KeyValueStore.Key) -> Row:
    """The row that a field lives in."""
    return key.scope.name or "", str(key.block_scope_id or ""), int(key.user_id or 0)


def merged(base: Any, mine: Any, theirs: Any) -> Any:
    """What `mine` changed since `base`, on top of `theirs`; objects are merged member by member."""
    if not (isinstance(mine, dict) and isinstance(theirs, dict)):
        return mine
    base = base if isinstance(base, dict) else {}
    result = dict(theirs)
    for name, value in mine.items():
        if name not in base or value != base[name]:
            result[name] = merged(base.get(name), value, theirs.get(name))
    for name in base:
        if name not in mine:
            result.pop(name, None)
    return result


def _save(row: Row, base: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    with transaction.atomic():
        kept = _locked(row)
        fields = merged(base, base | changed, json.loads(kept.fields))
        _write(kept, fields)
    return fields


def _locked(row: Row) -> FieldData:
    """The row, made when missing, locked until the transaction ends."""
    scope, key, person = row
    rows = FieldData.objects.select_for_update().filter(scope=scope, key=key, person=person)
    found = rows.first()
    if found is None:
        try:
            with transaction.atomic():
                FieldData.objects.create(scope=scope, key=key, person=person)
        except IntegrityError:
            pass  # made by another request since
        found = rows.get()
    return found


def _write(kept: FieldData, fields: dict[str, Any]) -> None:
    kept.fields = json.dumps(fields, sort_keys=True)
    kept.save(update_fields=["fields"])
