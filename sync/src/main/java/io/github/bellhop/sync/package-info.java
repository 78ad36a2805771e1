/**
 * Stores Clerk's messages in a database, mirrors them into tables, calls the app's handlers, and retries failures. The
 * entry type is {@link io.github.bellhop.sync.SyncEngine}. The engine is safe for concurrent use; the records are
 * immutable.
 *
 * <h2>A tour</h2>
 *
 * <p>Spring Boot apps need none of this code: the starter does the same. Other apps take these steps.
 *
 * <p><b>1. Choose the settings and open a database.</b> The defaults suit most apps. All settings are documented at
 * {@link io.github.bellhop.sync.settings.SyncSettings}; {@link io.github.bellhop.sync.mirror.MirrorSettings} selects
 * the data to mirror. {@link io.github.bellhop.sync.store.Databases} opens an SQLite file or a PostgreSQL database, or
 * uses the app's own {@code DataSource}.
 *
 * <pre>{@code
 * SyncSettings settings = SyncSettings.builder()
 *         .retry(new RetryPolicy(Duration.ofSeconds(5), Duration.ofHours(1), 20))
 *         .build();
 * OpenDatabase open = Databases.open(new DatabaseSettings("jdbc:sqlite:bellhop.db", null, null));
 * Database database = open.database();
 * }</pre>
 *
 * <p><b>2. Register handlers.</b> A handler is the app's own code for an event. It returns a
 * {@link io.github.bellhop.sync.handle.HandlerOutcome}, or throws an exception to have the run retried. Its writes on
 * {@link io.github.bellhop.sync.handle.HandlerRun#connection()} are committed exactly once. An app that only reads the
 * mirror needs no handlers. For details, see {@link io.github.bellhop.sync.handle.Handlers} and
 * {@link io.github.bellhop.sync.handle.EventHandler}.
 *
 * <pre>{@code
 * Handlers handlers = Handlers.builder()
 *         .on(UserEvent.Created.class, "welcome", (created, run) -> {
 *             try (PreparedStatement insert =
 *                     run.connection().prepareStatement("insert into welcome_mails (user_id) values (?)")) {
 *                 insert.setString(1, created.data().id());
 *                 insert.executeUpdate();
 *             }
 *             return HandlerOutcome.done();
 *         })
 *         .build();
 * }</pre>
 *
 * <p><b>3. Start the engine.</b> {@link io.github.bellhop.sync.SyncEngine#start()} creates or migrates the tables and
 * starts the threads. {@link io.github.bellhop.sync.SyncEngine#startWhenReachable} returns at once and waits for the
 * database in the background. Metrics go to the given Micrometer registry.
 *
 * <pre>{@code
 * SyncEngine engine = new SyncEngine(database, settings, handlers, new SimpleMeterRegistry());
 * engine.start();
 * }</pre>
 *
 * <p><b>4. Submit messages.</b> The engine is an {@link io.github.bellhop.sync.inbox.Intake}. Usually the
 * {@code WebhookServlet} of the module {@code receiver} verifies deliveries and submits them. Any other source of
 * verified messages can do the same. The callback gets the result once the message is durable; see
 * {@link io.github.bellhop.sync.inbox.Intake.Receipt}.
 *
 * <pre>{@code
 * Envelope envelope = EnvelopeReader.read(body);
 * engine.submit(new IncomingMessage("msg_1", envelope, Instant.now(), body), receipts::add);
 * }</pre>
 *
 * <p><b>5. Read the mirror.</b> {@link io.github.bellhop.sync.read.ClerkUsers} and
 * {@link io.github.bellhop.sync.read.ClerkOrganizations} find users, organizations and members, optionally within the
 * app's own transaction. With a {@link io.github.bellhop.sync.fetch.Fetcher}, they fetch from Clerk the entities that
 * are not mirrored yet. {@link io.github.bellhop.sync.read.MessageReader} and
 * {@link io.github.bellhop.sync.retry.DeadLetters} show the messages and the failures.
 *
 * <pre>{@code
 * ClerkUsers users = ClerkUsers.of(database, settings.mirror());
 * Optional<ClerkUser> user = users.find("user_ann");
 * List<EmailOwner> owners = users.findByEmail("ann@example.com");
 * }</pre>
 *
 * <p><b>6. Close.</b> First stop submitting messages, then close the engine, and close the database last.
 *
 * <pre>{@code
 * engine.close();
 * open.close();
 * }</pre>
 */
@NullMarked
package io.github.bellhop.sync;

import org.jspecify.annotations.NullMarked;
