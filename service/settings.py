"""What an installation may choose; the only module that reads the environment (names begin with PATROL_)."""

from datetime import timedelta
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Defaults are one machine, one folder, reachable from this machine alone."""

    model_config = SettingsConfigDict(env_prefix="PATROL_", frozen=True)

    database_url: str = "sqlite:///patrol-data/patrol.db"
    evidence: Path = Path("patrol-data/evidence")
    county: Path = Path("county.toml")
    host: str = "127.0.0.1"
    port: int = Field(default=8460, ge=0, le=65535)
    session_length: timedelta = timedelta(hours=12)
