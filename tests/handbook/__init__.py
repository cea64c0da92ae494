"""Pictures for the handbook of the admin: `script/handbook` takes them anew."""

from datetime import datetime
from zoneinfo import ZoneInfo

# When the pictures are taken, so that they look the same whenever that is
NOW = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Ulaanbaatar"))
