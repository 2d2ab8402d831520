"""The interface of every delivery channel."""

from collections.abc import Sequence
from typing import Protocol

from briefing.model.runs import Parcel, Receipt


class Channel(Protocol):
    """One way to deliver a parcel to one target."""

    @property
    def target(self) -> str:
        """The name of the target: one line without secrets. Pending deliveries are stored under it."""

    @property
    def recipients(self) -> tuple[str, ...]:
        """The recipients of the channel: e-mail addresses, a folder or a host."""

    @property
    def news_only(self) -> bool:
        """Whether to skip a run without news, unless the profile says otherwise."""

    def describe(self, parcel: Parcel | None = None) -> tuple[str, ...]:
        """Return lines that describe the delivery; without a parcel, of any parcel."""

    def send(self, parcel: Parcel, recipients: Sequence[str]) -> Receipt:
        """Send a parcel to *recipients*: those that do not have it yet.

        Raises:
            DeliveryError: No recipient was served, or the result is unknown.
        """
