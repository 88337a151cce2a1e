"""What an installation may choose; the only module that reads the environment (names begin with PATROL_)."""

from datetime import timedelta
from pathlib import Path

from pydantic import ByteSize, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_GIB = 2**30


class Settings(BaseSettings):
    """Defaults are one machine, one folder, reachable from this machine alone."""

    model_config = SettingsConfigDict(env_prefix="PATROL_", frozen=True)

    database_url: str = "sqlite:///patrol-data/patrol.db"
    evidence: Path = Path("patrol-data/evidence")
    flights: Path = Path("patrol-data/flights")
    county: Path = Path("county.toml")
    host: str = "127.0.0.1"
    port: int = Field(default=8460, ge=0, le=65535)
    session_length: timedelta = timedelta(hours=12)
    flight_file_limit: ByteSize = ByteSize(64 * _GIB)
    flight_files_limit: int = Field(default=5000, ge=1)
    team_quota: ByteSize = ByteSize(500 * _GIB)
    upload_floor: ByteSize = ByteSize(8 * _GIB)
    upload_kept: timedelta = timedelta(days=7)
