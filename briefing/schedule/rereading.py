"""Profiles that are changed while their schedule is at work: taken up where they can be, else kept as they were."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from briefing.errors import BriefingError, ScheduleError, defect
from briefing.jobs.plan import check_profile
from briefing.profile.profile import Profile, load_profile
from briefing.runtime.outputs import real_path
from briefing.schedule.plans import Plan, make_plans
from briefing.schedule.telling import Told

MakePlan = Callable[[Profile], Plan]


class ProfileFiles:
    """Reads the profiles of plans anew.

    Args:
        files: What the user named each profile by, by its name.
        make_plan: Returns the plan of a profile, or raises a ScheduleError.
    """

    def __init__(self, files: Mapping[str, str], make_plan: MakePlan) -> None:
        self._files = files
        self._make_plan = make_plan
        self._troubles: dict[str, str] = {}  # what is wrong with each profile, so that it is told once

    def __call__(self, plan: Plan) -> tuple[Plan, Told | None]:
        """Return a plan as its profile has it now, and what to say of that; the plan itself where that cannot be."""
        file = self._files[plan.name]
        try:
            profile = load_profile(file)
            is_changed = profile.sha256 != plan.profile.sha256
            found = self._plan_of(profile) if is_changed else plan
        except (BriefingError, ValueError) as error:
            return plan, self._trouble(plan.name, file, str(error))
        except Exception as error:  # noqa: BLE001 - a defect met in one profile must not end the schedule of the others
            return plan, self._trouble(plan.name, file, defect(error))
        was_wrong = self._troubles.pop(plan.name, None) is not None
        if is_changed:
            return found, Told(f"{plan.name}: {file} was changed, and counts as it is now")
        return plan, Told(f"{plan.name}: {file} is again as it counts") if was_wrong else None

    def _plan_of(self, profile: Profile) -> Plan:
        check_profile(profile)
        return self._make_plan(profile)

    def _trouble(self, name: str, file: str, reason: str) -> Told | None:
        if self._troubles.get(name) == reason:
            return None
        self._troubles[name] = reason
        return Told(f"{name}: {file} was changed, but cannot be used and counts as it was: {reason}", trouble=True)


def plan_maker(
    archive: Path, environment: Mapping[str, str], clock: Callable[[], datetime], *, is_named: bool
) -> MakePlan:
    """Return what makes plans for a schedule that is at work with an archive.

    Args:
        archive: The file, which no change of a profile may exchange, unless it *is_named* beside the profiles.
        environment: Holds the secrets that profiles name.
        clock: Of the deliveries.
        is_named: See above.
    """

    def make_plan(profile: Profile) -> Plan:
        (plan,) = make_plans((profile,), environment, clock)
        if not is_named and profile.archive is not None and real_path(Path(profile.archive)) != real_path(archive):
            reason = (
                f"the schedule is at work with the archive {archive}; to exchange it, end the schedule and start anew"
            )
            raise ScheduleError(f"the profile {profile.name}", reason)
        return plan

    return make_plan
