package io.github.bellhop.spring;

import io.github.bellhop.sync.mirror.MirrorSettings;
import io.github.bellhop.sync.read.ClerkOrganizations;
import io.github.bellhop.sync.read.ClerkUsers;
import io.github.bellhop.sync.store.Database;
import io.github.bellhop.sync.store.Databases;
import java.lang.reflect.Proxy;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Stand-ins for the injectable beans while Bellhop is disabled: the app starts, and the beans throw when used. */
@AutoConfiguration
@ConditionalOnProperty(prefix = "bellhop", name = "enabled", havingValue = "false")
public final class BellhopDisabledAutoConfiguration {
    /** Called by Spring. */
    public BellhopDisabledAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ClerkUsers bellhopUsers() {
        return ClerkUsers.of(refusing(), MirrorSettings.DEFAULT);
    }

    @Bean
    @ConditionalOnMissingBean
    ClerkOrganizations bellhopOrganizations() {
        return ClerkOrganizations.of(refusing(), MirrorSettings.DEFAULT);
    }

    /** Returns a database that throws when used; the message says that Bellhop is disabled. */
    private static Database refusing() {
        DataSource none = (DataSource) Proxy.newProxyInstance(
                BellhopDisabledAutoConfiguration.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> refuse());
        return Database.of(none, Databases.dialectOf("jdbc:sqlite:none.db"));
    }

    private static Object refuse() {
        throw new MisconfigurationException(
                "Users and organizations cannot be found, because Bellhop is disabled (bellhop.enabled=false). Set"
                        + " bellhop.enabled to true, or define your own ClerkUsers and ClerkOrganizations beans.",
                "Set bellhop.enabled to true.");
    }
}
