package io.github.bellhop.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.bellhop.SameOnEveryJdk;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Checks the dependencies between modules and packages, and rules that apply to all code. */
@SameOnEveryJdk
class ArchitectureTest {
    private static final String ROOT = "io.github.bellhop";
    private static final String[] CORE = {ROOT, ROOT + ".address..", ROOT + ".event..", ROOT + ".signature.."};
    private static final String SYNC = ROOT + ".sync..";
    private static final String RECEIVER = ROOT + ".receiver..";
    private static final String SIMULATOR = ROOT + ".simulator..";
    private static final String IN_SPRING_APPS = ROOT + ".spring..";
    private static final String SERVER = ROOT + ".server..";
    private static final String JDBC = "java.sql..";
    private static final String DATA_SOURCES = "javax.sql..";
    private static final String SPRING = "org.springframework..";
    private static final String SERVLET = "jakarta.servlet..";

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(ROOT);

    private static void check(ArchRule rule) {
        rule.check(PROGRAM);
    }

    @Test
    void coreDependsOnNoOtherModule() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        SYNC,
                        RECEIVER,
                        SIMULATOR,
                        IN_SPRING_APPS,
                        SERVER,
                        JDBC,
                        DATA_SOURCES,
                        SPRING,
                        SERVLET,
                        "java.net.http.."));
    }

    @Test
    void syncDependsOnCoreAndTheDatabaseOnly() {
        check(noClasses()
                .that()
                .resideInAPackage(SYNC)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(RECEIVER, SIMULATOR, IN_SPRING_APPS, SERVER, SPRING, SERVLET));
    }

    @Test
    void receiverDoesNotAccessTheDatabase() {
        check(noClasses()
                .that()
                .resideInAPackage(RECEIVER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SIMULATOR, IN_SPRING_APPS, SERVER, JDBC, DATA_SOURCES, SPRING)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".sync.store..", ROOT + ".sync.write..", ROOT + ".sync.retry.."));
    }

    @Test
    void simulatorDependsOnCoreOnly() {
        check(noClasses()
                .that()
                .resideInAPackage(SIMULATOR)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SYNC, RECEIVER, IN_SPRING_APPS, SERVER, JDBC, DATA_SOURCES, SPRING, SERVLET));
    }

    @Test
    void springModulesDependOnNeitherServerNorSimulator() {
        check(noClasses()
                .that()
                .resideInAPackage(IN_SPRING_APPS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SIMULATOR, SERVER));
    }

    /** Fails until a new module is added to the rules above. */
    @Test
    void everyClassBelongsToAModule() {
        DescribedPredicate<JavaClass> module = resideInAnyPackage(
                Stream.concat(Stream.of(CORE), Stream.of(SYNC, RECEIVER, SIMULATOR, IN_SPRING_APPS, SERVER))
                        .toArray(String[]::new));
        assertThat(PROGRAM).hasSizeGreaterThan(200).allMatch(module);
    }

    /** Each package of the program uses only packages that come before it in this order. */
    @Test
    void serverPackagesDependOnlyOnEarlierOnes() {
        List<String> order = List.of(
                "settings",
                "terminal",
                "secret",
                "answer",
                "verify",
                "feed",
                "listen",
                "trigger",
                "message",
                "serve",
                "doctor",
                "command");
        for (int i = 0; i < order.size(); i++) {
            String[] later = order.subList(i + 1, order.size()).stream()
                    .map(name -> ROOT + ".server." + name)
                    .toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage(ROOT + ".server." + order.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later));
        }
        Set<String> packages = new TreeSet<>();
        for (JavaClass type : PROGRAM) {
            if (type.getPackageName().startsWith(ROOT + ".server.")) {
                packages.add(type.getPackageName().substring((ROOT + ".server.").length()));
            }
        }
        assertThat(packages).containsExactlyInAnyOrderElementsOf(order);
    }

    @Test
    void packagesFormNoCycle() {
        check(slices().assignedFrom(new EveryPackage()).should().beFreeOfCycles());
    }

    /** Leaves out the root packages of core and simulator, which connect the parts and contain shared types. */
    private static final class EveryPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return Set.of(ROOT, ROOT + ".simulator").contains(name)
                    ? SliceIdentifier.ignore()
                    : SliceIdentifier.of(name);
        }

        @Override
        public String getDescription() {
            return "every package except the roots of core and simulator";
        }
    }

    @Test
    void noClassIsNamedUtilHelperManagerOrImpl() {
        check(noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)(\\$.*)?")
                .orShould()
                .haveNameMatching(".*[.$]Abstract[^.]*"));
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : PROGRAM) {
            JavaPackage home = type.getPackage();
            if (!home.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(home.getName());
            }
        }
        assertThat(unmarked).isEmpty();
    }

    /** All other classes get the clock as a parameter, so that tests can control it. */
    @Test
    void onlyEntryPointsReadTheSystemClock() {
        List<String> allowed = List.of(
                ROOT + ".signature.SignatureVerifier",
                ROOT + ".receiver.ReceiverSettings",
                ROOT + ".sync.settings.SyncSettings",
                ROOT + ".server.serve.Server",
                ROOT + ".server.settings.CheckedSettings",
                ROOT + ".simulator.ClerkSimulator",
                ROOT + ".server.command.BellhopCommand");
        Set<String> found = new TreeSet<>();
        for (JavaClass type : PROGRAM) {
            for (JavaCall<?> call : type.getMethodCallsFromSelf()) {
                if (readsSystemClock(call.getTarget())) {
                    found.add(type.getName());
                }
            }
            type.getMethodReferencesFromSelf().stream()
                    .filter(reference -> readsSystemClock(reference.getTarget()))
                    .forEach(reference -> found.add(type.getName()));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(allowed);
    }

    private static boolean readsSystemClock(CodeUnitAccessTarget method) {
        JavaClass owner = method.getOwner();
        String name = method.getName();
        return owner.isEquivalentTo(Clock.class) && name.startsWith("system")
                || owner.isEquivalentTo(InstantSource.class) && name.equals("system")
                || owner.getPackageName().equals("java.time") && name.equals("now")
                || owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis");
    }
}
