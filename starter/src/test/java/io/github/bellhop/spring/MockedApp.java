package io.github.bellhop.spring;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An app whose tests use no port. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
public class MockedApp {
    @GetMapping("/hello")
    String hello() {
        return "hello";
    }
}
