/**
 * A small app of a team that sells to companies: each of Clerk's organizations is a tenant of it. Start at
 * {@link io.github.bellhop.examples.spring.ShopApplication}, then read the classes with {@code @OnClerkEvent}. Spring
 * makes one object of each class, which several threads use.
 */
package io.github.bellhop.examples.spring;
