"""The two servers together: embedded ones, or those that DATABASE_URL and REDIS_URL name."""

import os
import time
from urllib.parse import urlsplit

import psycopg
import redis

from .datadir import DataDirectory
from .errors import StartError
from .postgres import MINIMUM, Postgres, postgres_url
from .processes import Supervisor
from .valkey import Valkey, redis_version, valkey_url


def start_servers(data: DataDirectory, supervisor: Supervisor, *, durable: bool = True) -> dict[str, str]:
    """Start what no address is given for and return the environment that leads to both servers."""
    database_url = os.environ.get("DATABASE_URL", "")
    redis_url = os.environ.get("REDIS_URL", "")
    postgres = None if database_url else Postgres(data, durable=durable)
    valkey = None if redis_url else Valkey(data)
    if postgres:
        postgres.start(supervisor)
    if valkey:
        valkey.start(supervisor)
    if postgres:
        postgres.wait(supervisor)
        database_url = postgres.url
    if valkey:
        valkey.wait(supervisor)
        redis_url = valkey.url
    return {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "MUSTER_DATA_DIR": str(data.path)}


def running_servers(data: DataDirectory) -> dict[str, str]:
    """The environment that leads to the servers which the start that holds the directory uses."""
    return {
        "DATABASE_URL": os.environ.get("DATABASE_URL") or postgres_url(data, data.last_port("postgres")),
        "REDIS_URL": os.environ.get("REDIS_URL") or valkey_url(data, data.last_port("valkey")),
        "MUSTER_DATA_DIR": str(data.path),
    }


def ask_servers(environment: dict[str, str]) -> str:
    """Ask both servers for their versions. Raises StartError if one is down or too old."""
    return f"{_ask_postgres(environment['DATABASE_URL'])} and {_ask_redis(environment['REDIS_URL'])}"


def _ask_postgres(url: str) -> str:
    if urlsplit(url).scheme not in ("postgres", "postgresql"):
        raise StartError(f"DATABASE_URL must begin with postgresql:// ({_without_password(url)}).")
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            number = connection.info.server_version
    except psycopg.Error as error:
        reason = str(error).strip().splitlines() or ["no answer"]
        raise StartError(
            f"PostgreSQL does not answer at {_without_password(url)}: {reason[-1].strip()}\n"
            "Start that server, correct DATABASE_URL, or unset it to use the embedded one."
        ) from None
    if number < MINIMUM * 10_000:
        raise StartError(f"PostgreSQL at {_without_password(url)} is older than {MINIMUM}, the oldest that serves.")
    return f"PostgreSQL {number // 10_000}.{number % 10_000}"


def _ask_redis(url: str) -> str:
    deadline = time.monotonic() + 5
    while True:
        try:
            return redis_version(url)
        except redis.BusyLoadingError:
            if time.monotonic() > deadline:
                raise StartError(f"The broker at {_without_password(url)} is still loading its data.") from None
            time.sleep(0.1)
        except (redis.RedisError, ValueError, OSError) as error:
            raise StartError(
                f"The broker (Valkey or Redis) does not answer at {_without_password(url)}: {error}\n"
                "Start that server, correct REDIS_URL, or unset it to use the embedded one."
            ) from None


def _without_password(url: str) -> str:
    """The address without user, password and query, which may hold a password too."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "an address that cannot be read"
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"
