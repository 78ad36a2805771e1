/**
 * A small app that sells to companies: each Clerk organization is a tenant. Start at
 * {@link io.github.bellhop.examples.spring.ShopApplication}, then read the classes with {@code @OnClerkEvent}. Each
 * class is a singleton bean, used by several threads.
 */
package io.github.bellhop.examples.spring;
