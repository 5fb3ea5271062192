"""What goes out to Celery's workers: imported by Celery alone, which finds it in an installed app.

Each bears the name under which `compat.enqueue` sends it, and comes with its ids as words. A worker
that dies in one is given it again: each does nothing the second time.
"""

from celery import shared_task

from peer_xblocks.assessment import mailing, noticing, resolving


@shared_task(name=noticing.MAIL, acks_late=True, ignore_result=True)
def send(kind: str, about: str) -> None:
    """Mail the notices of one occasion."""
    mailing.send(kind, about)


@shared_task(name=resolving.RESOLVE, acks_late=True, ignore_result=True)
def resolve_case(case_id: str) -> None:
    """Apply the rule to a case whose ratings are all in."""
    resolving.resolve_case(int(case_id))
