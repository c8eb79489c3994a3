"""Whether the servers that the environment names are those that Muster runs on."""

import os

import psycopg
import redis

POSTGRESQL = 15


def servers_fault() -> str:
    """Why these servers cannot serve, or nothing."""
    for variable in ("DATABASE_URL", "REDIS_URL"):
        if not os.environ.get(variable):
            return f"{variable} is not set."
    try:
        with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5) as session:
            version = session.info.server_version // 10000
            if not session.execute("SELECT version()").fetchone()[0].startswith("PostgreSQL"):
                return "DATABASE_URL names something other than PostgreSQL."
    except psycopg.Error as error:
        return f"PostgreSQL at DATABASE_URL: {' '.join(str(error).split())}."
    if version < POSTGRESQL:
        return f"PostgreSQL {version} is older than {POSTGRESQL}."
    try:
        with redis.Redis.from_url(os.environ["REDIS_URL"], socket_connect_timeout=5, socket_timeout=5) as server:
            if not server.ping() or "redis_version" not in server.info("server"):
                return "REDIS_URL names no Redis-protocol server."
    except (redis.RedisError, ValueError) as error:
        return f"the server at REDIS_URL: {' '.join(str(error).split())}."
    return ""
