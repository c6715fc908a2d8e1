/// The campaign of the letters that are measured: a list of stories, each with a link of the recipient's own.
enum LetterCampaign {
    struct Item: Encodable {
        let title: String
        let url: String
    }

    static let subject = "{{ customer.first_name }}, this is new at the roastery"

    static func items(_ count: Int) -> [Item] {
        (1...count).map { number in
            Item(
                title: "Story \(number) of the week",
                url: "https://kuldnekohv.example/s/\(number)?c={{customer.id}}")
        }
    }

    /// The campaign's file.
    static func yaml(_ items: [Item]) -> String {
        """
        campaign: letter
        audience: subscribed
        languages: [en]
        subject: "\(subject)"
        modules:
          - knowledge:
              items:

        """
            + items.map { "          - { kind: tip, title: \"\($0.title)\", url: \"\($0.url)\" }\n" }.joined()
    }
}
