package dev.charter.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What is annotated works only while the license grants the feature; otherwise it throws [FeatureNotLicensed], asked anew at each call. On a controller or one of
/// its methods it is checked before anything of the request is read. On another bean it is checked by a proxy, as `@Transactional` is: calls within the
/// same object are not seen, and final methods cannot be guarded. A method's annotation takes the place of its class's.
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresFeature {
    /// The feature's name in licenses.
    String value();
}
