/// A Spring Boot product's license: the client as a bean, the License page's endpoints, features by annotation, health, metrics and events.
@NullMarked
package dev.charter.spring;

import org.jspecify.annotations.NullMarked;
