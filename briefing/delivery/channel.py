"""What every kind of delivery has in common."""

from collections.abc import Sequence
from typing import Protocol

from briefing.model.runs import Parcel, Receipt


class Channel(Protocol):
    """A way to one target."""

    @property
    def target(self) -> str:
        """What is delivered to, in one line without secrets; deliveries that wait are found again by it."""

    @property
    def recipients(self) -> tuple[str, ...]:
        """Whom it serves: addresses, a folder, a URL."""

    @property
    def news_only(self) -> bool:
        """Whether it does without a run that has nothing to tell, unless the profile says otherwise."""

    def describe(self, parcel: Parcel | None = None) -> tuple[str, ...]:
        """Say what would go to whom, in lines; without a parcel, of any."""

    def send(self, parcel: Parcel, recipients: Sequence[str]) -> Receipt:
        """Hand a parcel to those of its recipients that have not been served.

        Raises:
            DeliveryError: None of them was served, or nobody knows.
        """
