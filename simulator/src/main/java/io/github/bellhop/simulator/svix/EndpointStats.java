package io.github.bellhop.simulator.svix;

/**
 * How it stands with an endpoint's deliveries.
 *
 * @param success  attempts that were answered with 2xx
 * @param pending  deliveries that wait for an attempt
 * @param sending  deliveries under way
 * @param fail     attempts that failed
 * @param canceled deliveries that were called off
 */
public record EndpointStats(long success, long pending, long sending, long fail, long canceled) {}
