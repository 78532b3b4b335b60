package dev.charter.authority;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The authority as a program.
@SpringBootApplication
public class Authority {

    public static void main(String[] arguments) {
        SpringApplication.run(Authority.class, arguments);
    }
}
