/**
 * A small app that sells to companies: each Clerk organization is a tenant. Start at
 * {@link io.github.bellhop.examples.spring.ShopApplication}, then read the classes with {@code @OnClerkEvent}. Each
 * class is a singleton bean that several threads use.
 */
package io.github.bellhop.examples.spring;
