package com.example.waterworks;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// A vendor's product: nothing in it knows how licenses work.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({PumpResource.class, Reports.class, WhatHappened.class})
public class PumpServer {}
