/// What a column says of what a customer did with a mail.
enum EngagementColumn: Int, ImportField, ImportColumn {
    case id, customer, email, at, run, campaign, url, kind

    static let names = ["id", "customer", "email", "at", "run", "campaign", "url", "kind"]
}
