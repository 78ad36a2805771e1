package io.github.bellhop.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The app. Bellhop needs nothing here: the starter and the secret are enough. */
@SpringBootApplication
@EnableScheduling
public class ShopApplication {
    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }
}
