# Intervals of proportions and their difference: tests/oracle/proportions.json
source("tests/oracle/reference.R")

one <- function(events, total, level) {
  list(events = events, total = total, conf_level = level,
       clopper_pearson = as.vector(binom.test(events, total, conf.level = level)$conf.int),
       wilson = as.vector(suppressWarnings(
         prop.test(events, total, conf.level = level, correct = FALSE)$conf.int)))
}

# Newcombe (1998), method 10, from the two Wilson intervals of prop.test().
difference <- function(events, total, other_events, other_total) {
  first <- one(events, total, 0.95)$wilson
  second <- one(other_events, other_total, 0.95)$wilson
  p <- events / total
  q <- other_events / other_total
  list(events = events, total = total, other_events = other_events, other_total = other_total, value = p - q,
       low = p - q - sqrt((p - first[1])^2 + (second[2] - q)^2),
       high = p - q + sqrt((first[2] - p)^2 + (q - second[1])^2))
}

# Events of each arm of a data set: events, total, other events, other total.
by_arm <- function(file, arm, happened) {
  rows <- read_dataset(file)
  rows <- rows[!is.na(happened(rows)), ]
  as.vector(rbind(tapply(happened(rows), rows[[arm]], sum), table(rows[[arm]])))
}
observed <- list(
  by_arm("cohort", "arm", function(rows) rows$best_response %in% c("CR", "PR")),
  by_arm("cohort", "arm", function(rows) rows$anaemia == "yes"),
  by_arm("cohort", "arm", function(rows) rows$os_event == 1),
  by_arm("lung", "sex", function(rows) rows$ph.ecog >= 2),
  by_arm("veteran", "trt", function(rows) rows$prior == 10))

write_reference("proportions", list(
  one = c(lapply(observed, function(n) one(n[1], n[2], 0.95)), lapply(observed, function(n) one(n[3], n[4], 0.9)),
          list(one(13, 55, 0.95), one(4, 40, 0.95), one(29, 55, 0.95), one(12, 40, 0.95), one(0, 55, 0.95),
               one(40, 40, 0.95), one(1, 1, 0.95), one(81, 263, 0.95), one(7, 95, 0.9), one(7, 95, 0.99))),
  difference = c(lapply(observed, function(n) difference(n[1], n[2], n[3], n[4])),
                 list(difference(56, 70, 48, 80), difference(9, 10, 3, 10), difference(6, 7, 2, 7),
                      difference(5, 56, 0, 29), difference(0, 10, 0, 20), difference(10, 10, 0, 10),
                      difference(13, 55, 4, 40), difference(29, 55, 12, 40), difference(1, 55, 3, 40)))))
