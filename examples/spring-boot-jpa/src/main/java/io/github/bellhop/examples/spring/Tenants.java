package io.github.bellhop.examples.spring;

import org.springframework.data.jpa.repository.JpaRepository;

/** The tenants by Clerk id. */
interface Tenants extends JpaRepository<Tenant, String> {}
