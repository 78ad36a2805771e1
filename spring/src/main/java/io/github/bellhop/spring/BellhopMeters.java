package io.github.bellhop.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Where meters are registered.
 *
 * @param registry the app's, or one that nobody reads
 */
record BellhopMeters(MeterRegistry registry) {
    static BellhopMeters of(ObjectProvider<MeterRegistry> registries) {
        return new BellhopMeters(registries.getIfUnique(SimpleMeterRegistry::new));
    }
}
