package io.github.bellhop.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of the architecture, and the house's rules for names. */
class ArchitectureTest {
    private static final String ROOT = "io.github.bellhop";
    private static final String[] CORE = {ROOT, ROOT + ".signature..", ROOT + ".address..", ROOT + ".event.."};
    private static final String SYNC = ROOT + ".sync..";
    private static final String RECEIVER = ROOT + ".receiver..";
    private static final String SIMULATOR = ROOT + ".simulator..";
    private static final String SERVER = ROOT + ".server..";
    private static final String[] WEB_AND_SPRING = {
        "org.springframework..", "jakarta.servlet..", "org.apache.catalina.."
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(ROOT);

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void seesEveryModule() {
        assertThat(Stream.of(
                        ROOT + ".signature",
                        ROOT + ".sync",
                        ROOT + ".receiver",
                        ROOT + ".simulator.fixture",
                        ROOT + ".server"))
                .allMatch(name -> CLASSES.stream()
                        .anyMatch(found -> found.getPackageName().equals(name)));
    }

    @Test
    void coreKnowsNothingOfTheOthers() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SYNC, RECEIVER, SIMULATOR, SERVER, "java.sql..", "javax.sql..", "java.net.http.."));
        check(noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(WEB_AND_SPRING));
    }

    @Test
    void syncKnowsOnlyCore() {
        check(noClasses()
                .that()
                .resideInAPackage(SYNC)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(RECEIVER, SIMULATOR, SERVER));
        check(noClasses()
                .that()
                .resideInAPackage(SYNC)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(WEB_AND_SPRING));
    }

    @Test
    void receiverKnowsCoreAndSyncAndNoDatabase() {
        check(noClasses()
                .that()
                .resideInAPackage(RECEIVER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SIMULATOR, SERVER, "java.sql..", "javax.sql..", "org.springframework.."));
    }

    @Test
    void simulatorKnowsOnlyCore() {
        check(noClasses()
                .that()
                .resideInAPackage(SIMULATOR)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        SYNC, RECEIVER, SERVER, "java.sql..", "org.springframework..", "jakarta.servlet.."));
    }

    @Test
    void onlyTheStoreSpeaksSqlToTheInboxAndTheMirror() {
        check(noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".sync.write", ROOT + ".sync.mend", ROOT + ".sync.mirror", ROOT + ".sync")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.sql.PreparedStatement"));
    }

    @Test
    void timeIsInjected() {
        check(noClasses()
                .that()
                .resideInAnyPackage(SYNC, RECEIVER, SIMULATOR, ROOT + ".signature..", ROOT + ".event..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now"));
    }

    @Test
    void namesSayWhatThingsAre() {
        check(classes()
                .should()
                .haveNameNotMatching(".*(Utils?|Helper|Manager|Impl)$")
                .andShould()
                .haveNameNotMatching(".*\\.Abstract\\w+$"));
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        for (String module : List.of("core", "sync", "receiver", "simulator", "server", "benchmarks")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                List<Path> folders = files.filter(file -> file.toString().endsWith(".java"))
                        .map(Path::getParent)
                        .distinct()
                        .toList();
                assertThat(folders)
                        .isNotEmpty()
                        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                                .content()
                                .contains("@NullMarked"));
            }
        }
    }
}
