"""The settings of a schedule."""

from typing import Annotated

from pydantic import Field, field_validator

from briefing.profile.crontab import parse_crontab
from briefing.profile.settings import Settings
from briefing.profile.time_zones import zone_named


class Schedule(Settings):
    """When the digest is made."""

    cron: str  # five fields as in crontab(5), or a name such as @daily
    timezone: str = "UTC"  # a name of the tz database: Europe/Prague
    catch_up: Annotated[int, Field(ge=0, le=100)] = 1  # the most missed digests to make up for; the latest are made

    @field_validator("cron")
    @classmethod
    def _is_crontab(cls, cron: str) -> str:
        parse_crontab(cron)
        return cron

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, timezone: str) -> str:
        return zone_named(timezone).key
