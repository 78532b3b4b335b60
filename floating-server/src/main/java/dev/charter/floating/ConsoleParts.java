package dev.charter.floating;

import dev.charter.floating.alarm.Alarms;
import dev.charter.floating.alarm.LookForAlarms;
import dev.charter.floating.history.Denials;
import dev.charter.floating.history.HostAddresses;
import dev.charter.floating.history.SeatHistory;
import dev.charter.floating.history.TakeSamples;
import dev.charter.floating.installation.Installation;
import dev.charter.floating.installation.ThisServer;
import dev.charter.floating.lease.ChooseWhenFull;
import dev.charter.floating.lease.GiveUpPool;
import dev.charter.floating.lease.PurgeLeases;
import dev.charter.floating.lease.Queue;
import dev.charter.floating.lease.ReclaimSeat;
import dev.charter.floating.lease.ReserveSeats;
import dev.charter.floating.lease.StartEmergency;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.protocol.SignWithHostKey;
import dev.charter.floating.settings.Settings;
import dev.charter.server.settings.Surroundings;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// What the console shows and does, made of the foundation.
@Configuration(proxyBeanMethods = false)
class ConsoleParts {

    @Bean
    WebMvcConfigurer withoutTimeout() {
        return new WebMvcConfigurer() {
            @Override
            public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
                configurer.setDefaultTimeout(-1); // an export takes as long as whoever receives it
            }
        };
    }

    @Bean
    StartEmergency startEmergency(Foundation foundation, IssuerTime time) {
        return new StartEmergency(foundation.store().transactions(), time, foundation.pools(), foundation.leases(), foundation.installation());
    }

    @Bean
    ReserveSeats reserveSeats(Foundation foundation, IssuerTime time) {
        return new ReserveSeats(foundation.store().transactions(), time, foundation.pools(), foundation.leases());
    }

    @Bean
    ThisServer thisServer(Settings settings, IssuerTime time) {
        return ThisServer.of(settings, time.instant());
    }

    @Bean
    Denials denials() {
        return new Denials();
    }

    @Bean
    HostAddresses hostAddresses() {
        return new HostAddresses();
    }

    @Bean
    SeatHistory seatHistory(Denials denials) {
        return new SeatHistory(denials);
    }

    @Bean
    TakeSamples takeSamples(Transactions transactions, IssuerTime time, Pools pools, Queue queue, SeatHistory history, Denials denials) {
        return new TakeSamples(transactions, time, pools, queue, history, denials);
    }

    @Bean
    Alarms alarms(Settings settings, Transactions transactions, IssuerTime time, Surroundings surroundings, Pools pools, Installation installation, SeatHistory history) {
        return new Alarms(new LookForAlarms(settings, transactions, time, surroundings.clock(), pools, installation, history), time);
    }

    @Bean
    PurgeLeases purgeLeases(Transactions transactions, IssuerTime time) {
        return new PurgeLeases(transactions, time);
    }

    @Bean
    Queue queue() {
        return new Queue();
    }

    @Bean
    ChooseWhenFull chooseWhenFull(Transactions transactions, IssuerTime time, Pools pools, Queue queue) {
        return new ChooseWhenFull(transactions, time, pools, queue);
    }

    @Bean
    GiveUpPool giveUpPool(Foundation foundation, IssuerTime time, Queue queue) {
        return new GiveUpPool(foundation.store().transactions(), time, foundation.pools(), foundation.leases(), queue);
    }

    @Bean
    ReclaimSeat reclaimSeat(Foundation foundation, IssuerTime time, SignWithHostKey sign) {
        return new ReclaimSeat(foundation.store().transactions(), time, foundation.pools(), foundation.leases(), sign);
    }
}
