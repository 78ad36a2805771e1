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

/** The beans that apps inject, while Bellhop is turned off: the app starts, and they say so when they are used. */
@AutoConfiguration
@ConditionalOnProperty(prefix = "bellhop", name = "enabled", havingValue = "false")
public final class BellhopDisabledAutoConfiguration {
    /** For Spring. */
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

    /** Stands in for the database, and says that Bellhop is turned off when it is asked. */
    private static Database refusing() {
        DataSource none = (DataSource) Proxy.newProxyInstance(
                BellhopDisabledAutoConfiguration.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> refuse());
        return Database.of(none, Databases.dialectOf("jdbc:sqlite:none.db"));
    }

    private static Object refuse() {
        throw new MisconfigurationException(
                "Bellhop is turned off (bellhop.enabled=false), so no users and organizations can be found. Set"
                        + " bellhop.enabled to true, or define beans of ClerkUsers and ClerkOrganizations.",
                "Set bellhop.enabled to true.");
    }
}
