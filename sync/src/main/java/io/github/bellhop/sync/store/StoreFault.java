package io.github.bellhop.sync.store;

import io.github.bellhop.sync.store.StoreException.Kind;

/** The faults of a database, with their descriptions and advice. */
enum StoreFault {
    SCHEMA_MISMATCH(
            Kind.FAILED,
            "has no Bellhop tables, or has tables of another version",
            "run bellhop schema migrate, or start this version of bellhop serve; either creates or updates the tables"),
    WRONG_PASSWORD(
            Kind.UNAVAILABLE,
            "rejected the user's password",
            "check bellhop.database.user and bellhop.database.password"),
    USER_REJECTED(
            Kind.UNAVAILABLE,
            "rejected the user",
            "check bellhop.database.user, and that pg_hba.conf allows this user, database and address; if the server"
                    + " requires TLS, add sslmode=require to the URL"),
    NO_SUCH_DATABASE(
            Kind.UNAVAILABLE, "server has no database with this name", "create it, or check bellhop.database.url"),
    PERMISSION_DENIED(
            Kind.FAILED, "denied the user a permission", "grant the permission, or set another bellhop.database.user"),
    TOO_MANY_CONNECTIONS(
            Kind.UNAVAILABLE,
            "server has no free connections",
            "close connections of other programs, raise max_connections or the role's limit, or use a pooler"),
    POOL_EXHAUSTED(
            Kind.UNAVAILABLE,
            "pool had no free connection before the timeout",
            "make the pool larger, and look for code that does not return connections"),
    UNKNOWN_HOST(Kind.UNAVAILABLE, "host is unknown", "check the host in bellhop.database.url and this machine's DNS"),
    CONNECTION_REFUSED(
            Kind.UNAVAILABLE,
            "server refused the connection",
            "start the server, or check the host and port in bellhop.database.url and the server's listen_addresses"),
    UNREACHABLE(
            Kind.UNAVAILABLE,
            "server does not respond",
            "check the network, the firewall, and the host and port in bellhop.database.url"),
    NEGOTIATION_FAILED(
            Kind.UNAVAILABLE,
            "server does not accept the connection's settings",
            "it may not support TLS (set sslmode=prefer), may require a password, or may not support channel binding"),
    TLS_FAILED(
            Kind.UNAVAILABLE,
            "connection failed during the TLS handshake",
            "check sslmode and sslrootcert in bellhop.database.url against the server's certificate"),
    READ_ONLY(
            Kind.UNAVAILABLE,
            "server is read-only",
            "connect to the primary; if the hosting service made the server read-only because its disk is nearly full,"
                    + " free disk space"),
    DISK_FULL(Kind.UNAVAILABLE, "has no disk space left", "free disk space"),
    LOCKED(
            Kind.CONFLICT,
            "timed out while waiting for another transaction's lock",
            "end that transaction, or try again later"),
    TOO_SLOW(
            Kind.FAILED,
            "cancelled a statement that took too long",
            "narrow the query, or try again when the database is less busy"),
    CONFLICT(Kind.CONFLICT, "rolled back a transaction because it conflicted with another transaction", "try again"),
    FILE_READ_ONLY(
            Kind.UNAVAILABLE, "file or its folder is not writable by this process", "grant it write access to both"),
    FILE_LOCKED(
            Kind.UNAVAILABLE,
            "file was locked by another process for longer than " + Databases.SQLITE_BUSY_TIMEOUT.toSeconds() + " s",
            "try again"),
    NOT_A_DATABASE(Kind.UNAVAILABLE, "file is not an SQLite database", "check bellhop.database.url"),
    FILE_MOVED(
            Kind.UNAVAILABLE,
            "file was deleted, moved or replaced while it was in use",
            "put it back, or restart to use the current file"),
    UNAVAILABLE(Kind.UNAVAILABLE, "is not available", "check that it is running, is reachable and has free disk space"),
    FAILED(Kind.FAILED, "rejected a statement", "check its log");

    private final Kind kind;
    private final String what;
    private final String advice;

    StoreFault(Kind kind, String what, String advice) {
        this.kind = kind;
        this.what = what;
        this.advice = advice;
    }

    Kind kind() {
        return kind;
    }

    /** Returns what happened, as the continuation of a sentence that begins with "The database". */
    String what() {
        return what;
    }

    /** Returns what to do, as a clause that begins with a lowercase letter. */
    String advice() {
        return advice;
    }
}
