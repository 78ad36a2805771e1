package io.github.bellhop.sync.store;

import io.github.bellhop.sync.store.StoreException.Kind;

/** What went wrong at a database, in words, and what to do about it. */
enum StoreFault {
    OTHER_TABLES(
            Kind.FAILED,
            "has no tables of Bellhop, or those of another version",
            "start bellhop serve of this version on it, or run bellhop schema migrate, which makes them"),
    WRONG_PASSWORD(
            Kind.UNAVAILABLE,
            "refused the user's password",
            "check bellhop.database.user and bellhop.database.password"),
    NOT_ADMITTED(
            Kind.UNAVAILABLE,
            "refused the user",
            "check bellhop.database.user; pg_hba.conf must admit this user, database and address, and may ask for TLS:"
                    + " add sslmode=require to the URL then"),
    NO_SUCH_DATABASE(
            Kind.UNAVAILABLE, "server has no database of that name", "create it, or check bellhop.database.url"),
    NO_RIGHT(Kind.FAILED, "refused its user a right", "grant it, or set another bellhop.database.user"),
    TOO_MANY_CONNECTIONS(
            Kind.UNAVAILABLE,
            "server has no connection left",
            "close connections of other programs, raise max_connections or the role's limit, or use a pooler"),
    POOL_EXHAUSTED(
            Kind.UNAVAILABLE,
            "pool had no free connection in time",
            "make the pool larger, and look for code that keeps a connection"),
    UNKNOWN_HOST(
            Kind.UNAVAILABLE,
            "host is unknown",
            "check the host in bellhop.database.url, and the name server of this machine"),
    CONNECTION_REFUSED(
            Kind.UNAVAILABLE,
            "server refused the connection",
            "start it, or check host and port in bellhop.database.url and the server's listen_addresses"),
    UNREACHABLE(
            Kind.UNAVAILABLE,
            "server does not answer",
            "check the network, the firewall, and host and port in bellhop.database.url"),
    NEGOTIATION_FAILED(
            Kind.UNAVAILABLE,
            "server does not agree with the settings of the connection",
            "it may have no TLS (then sslmode=prefer), need a password, or offer no channel binding"),
    TLS_FAILED(
            Kind.UNAVAILABLE,
            "connection failed in its TLS handshake",
            "check sslmode and sslrootcert in bellhop.database.url against the server's certificate"),
    READ_ONLY(
            Kind.UNAVAILABLE,
            "server is read-only",
            "it is a standby, or it was made read-only, as hosting services do when its disk is nearly full"),
    DISK_FULL(Kind.UNAVAILABLE, "has no room left on its disk", "make room"),
    LOCKED(
            Kind.CONFLICT,
            "kept a statement waiting for a lock of another transaction",
            "end that transaction, or try again"),
    TOO_SLOW(
            Kind.FAILED, "cancelled a statement that took too long", "ask for less, or try again when it is less busy"),
    CONFLICT(Kind.CONFLICT, "rolled back a transaction that conflicted with another", "try again"),
    FILE_READ_ONLY(
            Kind.UNAVAILABLE, "file or its folder is read-only for this process", "give it the right to write both"),
    FILE_HELD(
            Kind.UNAVAILABLE,
            "file was held by another process that has been writing for longer than "
                    + Databases.SQLITE_BUSY.toSeconds() + " s",
            "run the command again"),
    NO_SQLITE_FILE(Kind.UNAVAILABLE, "file is not an SQLite database", "check bellhop.database.url"),
    FILE_GONE(
            Kind.UNAVAILABLE,
            "file was deleted, moved or replaced while it was in use",
            "put it back, or restart to use the file that is there now"),
    UNAVAILABLE(Kind.UNAVAILABLE, "is not available", "check that it runs, is reachable and has room"),
    FAILED(Kind.FAILED, "refused a statement", "look into its log");

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

    /** What happened, to go on after "The database". */
    String what() {
        return what;
    }

    /** What to do. */
    String advice() {
        return advice;
    }
}
