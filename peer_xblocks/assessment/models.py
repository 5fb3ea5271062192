"""The rows of `assessment`. Only `assessment.api` and the modules beside it read and write them.

Ratings, resolutions and releases are inserted and never updated. JSON stands in plain text columns,
so that every database keeps the same characters.
"""

import uuid

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL
BLIND_SEATS = (1, 2)


def new_uuid() -> str:
    """A random id as text.

    A UUIDField changes its column type between the platform's Django versions on MariaDB, and then
    finds nothing that was written before.
    """
    return str(uuid.uuid4())


class CaseRecord(models.Model):
    """One submission on its way to a result: what raters need to know of it, and how far it has
    come.

    .. pii: Links a trainee to a performance and its result.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    class State(models.TextChoices):
        """How far it has come. `due`: all ratings are in and the rule has not been applied yet."""

        RATING = "rating"
        DUE = "due"
        NEEDS_LEAD = "needs_lead"
        TO_RELEASE = "to_release"
        RELEASED = "released"

    submission = models.CharField(max_length=36, unique=True)
    programme = models.CharField(max_length=64)
    trainee = models.ForeignKey(USER, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=45)
    submission_record = models.CharField(max_length=45)
    course = models.CharField(max_length=255)
    activity = models.CharField(max_length=255)
    activity_type = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    mode = models.CharField(max_length=32)
    media = models.CharField(max_length=64)
    formative = models.BooleanField()
    scenario_key = models.CharField(max_length=64)
    scenario_edition = models.PositiveIntegerField()
    scenario_sha256 = models.CharField(max_length=64)
    rubric_key = models.CharField(max_length=64)
    rubric_sha256 = models.CharField(max_length=64)
    errors_sha256 = models.CharField(max_length=64)
    performance_sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.RATING)

    class Meta:
        indexes = [
            # A lead's list: what waits for a lead, the oldest first; and what the rule is still due
            # for.
            models.Index(fields=["programme", "state", "submitted_at"], name="px_asm_case_state"),
            # A trainee's released results, for the standing of each competency.
            models.Index(fields=["trainee", "programme", "state"], name="px_asm_case_trainee"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"{self.submission} ({self.state})"


class Seat(models.Model):
    """One rating place of one submission: 1 and 2 are the two blind ones, 3 would be a third.

    Open while `assessor` is null. Held while `holder` names the assessor: `lease_until` says for
    how long nobody else may take it. Done when `submitted_at` is set; `holder` is null again then,
    `assessor` stays.

    .. pii: Links an assessor to a performance.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    uuid = models.CharField(max_length=36, unique=True, default=new_uuid, editable=False)
    case = models.ForeignKey(CaseRecord, models.PROTECT, related_name="seats")
    programme = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField()
    queued_at = models.DateTimeField(help_text="when the submission was made: the oldest go first")
    # Both repeat the case's, so that looking for the next seat reads this table alone.
    trainee = models.ForeignKey(USER, models.PROTECT, related_name="+", db_index=False)
    rubric_key = models.CharField(max_length=64)
    assessor = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    holder = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    tie = models.CharField(max_length=32, blank=True, default="")
    tied_place = models.PositiveSmallIntegerField(null=True, help_text="1 if tied, else null")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="px_asm_one_of_each_number"),
            # The same assessor never gets both seats; nulls (open seats) do not count.
            models.UniqueConstraint(fields=["case", "assessor"], name="px_asm_one_seat_each"),
            # At most one rater of a submission is tied to the trainee, even if two press at once.
            models.UniqueConstraint(fields=["case", "tied_place"], name="px_asm_one_tied_rater"),
            # An assessor holds one seat at a time, even after a double click.
            models.UniqueConstraint(fields=["programme", "holder"], name="px_asm_one_held_seat"),
        ]
        indexes = [
            # The queue: open seats of a programme (assessor is null), the oldest first, read from
            # the index alone.
            models.Index(
                fields=["programme", "assessor", "queued_at", "id"], name="px_asm_seat_queue"
            ),
            # Leases that have run out; null for open and for finished seats.
            models.Index(fields=["programme", "lease_until"], name="px_asm_seat_lease"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"seat {self.number} of case {self.case_id}"


class SeatSkip(models.Model):
    """That an assessor passed a seat on, with a reason or without one; they are not offered that
    submission again.

    .. pii: Links an assessor to a performance.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    case = models.ForeignKey(CaseRecord, models.PROTECT, related_name="skips")
    assessor = models.ForeignKey(USER, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=255, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "assessor"], name="px_asm_one_skip"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"case {self.case_id} skipped"


class RatingDraftRecord(models.Model):
    """What one assessor has noted so far on one seat.

    Nobody else sees it, also not who takes the seat next.

    .. pii: An assessor's unfinished judgement of a trainee.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="drafts")
    assessor = models.ForeignKey(USER, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(default=0)
    rating = models.TextField(default="{}", help_text="JSON of core.rating.Rating")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            # One draft for each holder of a seat; a later holder begins anew.
            models.UniqueConstraint(fields=["seat", "assessor"], name="px_asm_one_draft"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"version {self.version} for seat {self.seat_id}"


class RatingDraftVersion(models.Model):
    """What was sent in a save that came too late. Kept and shown, never merged.

    .. pii: An assessor's unfinished judgement of a trainee.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    draft = models.ForeignKey(RatingDraftRecord, models.CASCADE, related_name="kept")
    from_version = models.PositiveIntegerField()
    rating = models.TextField(help_text="JSON of core.rating.Rating")
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"kept from version {self.from_version}"


class RatingRecord(models.Model):
    """One assessor's judgement of one submission, as submitted. Never changed.

    .. pii: An assessor's judgement of a trainee.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    uuid = models.CharField(max_length=36, unique=True, default=new_uuid, editable=False)
    case = models.ForeignKey(CaseRecord, models.PROTECT, related_name="ratings")
    seat = models.OneToOneField(Seat, models.PROTECT, related_name="rated")
    assessor = models.ForeignKey(USER, models.PROTECT, related_name="+")
    assessor_urn = models.CharField(max_length=45)
    key = models.CharField(max_length=64, help_text="idempotency key, chosen by the page")
    record_id = models.CharField(max_length=45)
    rating = models.TextField(help_text="JSON of core.rating.Rating")
    qualification = models.CharField(max_length=32, blank=True, default="")
    submitted_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A double click is one rating, and nobody rates a submission twice.
            models.UniqueConstraint(fields=["case", "assessor"], name="px_asm_one_rating"),
            # A key that was used for one submission is not taken for another.
            models.UniqueConstraint(fields=["assessor", "key"], name="px_asm_one_key"),
        ]
        indexes = [
            # An assessor's own ratings, the newest first.
            models.Index(fields=["assessor", "submitted_at"], name="px_asm_rating_mine"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"rating {self.uuid}"


class ResolutionRecord(models.Model):
    """What settled the ratings of one submission: by the rule alone, or signed by a lead.

    .. pii: A trainee's result and a lead's reason.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    case = models.OneToOneField(CaseRecord, models.PROTECT, related_name="resolved")
    resolution = models.TextField(help_text="JSON of core.resolution.Resolution")
    record_id = models.CharField(max_length=45)
    signed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    key = models.CharField(
        max_length=64, blank=True, help_text="idempotency key of the lead's page"
    )
    resolved_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"resolution of case {self.case_id}"


class ReleaseRecord(models.Model):
    """The act that showed one result to the trainee, with goals and words, and what it showed of
    each competency.

    .. pii: A lead's words to a trainee.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    case = models.OneToOneField(CaseRecord, models.PROTECT, related_name="shown")
    goals = models.TextField(help_text="JSON: list of core.record.Goal")
    message = models.TextField(blank=True)
    competencies = models.TextField(help_text="JSON: ids of competencies that the rubric speaks of")
    observed = models.TextField(help_text="JSON: ids seen at level 3 or more; empty when formative")
    before = models.TextField(help_text="JSON: standing of each of these before this release")
    after = models.TextField(help_text="JSON: standing of each of these after it")
    record_id = models.CharField(max_length=45)
    released_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, help_text="idempotency key of the lead's page")
    released_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"release of case {self.case_id}"


class Tie(models.Model):
    """A declared relation of an assessor to a trainee, for a time.

    .. pii: Says how two people are related.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    programme = models.CharField(max_length=64)
    assessor = models.ForeignKey(USER, models.CASCADE, related_name="+")
    trainee = models.ForeignKey(USER, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=32)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    declared_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        indexes = [
            # Whom an assessor is tied to: asked whenever a seat is handed out.
            models.Index(fields=["assessor", "programme"], name="px_asm_tie_assessor"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"{self.kind} of {self.trainee_id}"


class Qualification(models.Model):
    """That a lead said how far an assessor may rate by a rubric.

    A new word is a new row; the newest counts.

    .. pii: Links a person to a role.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    programme = models.CharField(max_length=64)
    assessor = models.ForeignKey(USER, models.CASCADE, related_name="+")
    rubric_key = models.CharField(max_length=64)
    state = models.CharField(max_length=16)
    since = models.DateTimeField()
    said_by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            # The newest word on one assessor and rubric.
            models.Index(
                fields=["assessor", "programme", "rubric_key", "id"], name="px_asm_qualification"
            ),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"{self.state} for {self.rubric_key}"
