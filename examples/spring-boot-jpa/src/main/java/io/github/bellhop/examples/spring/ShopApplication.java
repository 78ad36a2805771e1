package io.github.bellhop.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The app. It needs no code to integrate Bellhop: the starter and the secret are enough. */
@SpringBootApplication
@EnableScheduling
public class ShopApplication {
    /** Starts the app. */
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }
}
