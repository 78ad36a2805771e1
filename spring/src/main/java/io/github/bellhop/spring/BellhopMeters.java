package io.github.bellhop.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The registry for Bellhop's meters.
 *
 * @param registry the app's registry; a registry without output if the app has none
 */
record BellhopMeters(MeterRegistry registry) {
    static BellhopMeters of(ObjectProvider<MeterRegistry> registries) {
        return new BellhopMeters(registries.getIfUnique(SimpleMeterRegistry::new));
    }
}
