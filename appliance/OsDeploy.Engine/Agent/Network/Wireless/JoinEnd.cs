namespace OsDeploy.Agent.Network.Wireless;

/// <summary>How an attempt to join a wireless network has ended.</summary>
public enum JoinEnd
{
    Joined,

    WrongKey,

    /// <summary>It was not heard.</summary>
    NotFound,

    /// <summary>It did not let this computer in, and did not say why. A wrong key of WPA3 looks like this.</summary>
    Refused,
}

/// <summary>What has been heard of an attempt so far.</summary>
/// <param name="End">Null: it goes on.</param>
/// <param name="Missed">How often all channels were listened to in vain.</param>
internal readonly record struct JoinStep(JoinEnd? End, int Missed = 0)
{
    // The first round may have begun before the card was ready.
    private const int MostMissed = 3;

    /// <param name="line">An event of wpa_supplicant, with its level: <c>&lt;3&gt;CTRL-EVENT-CONNECTED - ...</c>. The name of a network may stand in it.</param>
    public JoinStep After(string line)
    {
        var text = line.StartsWith('<') ? line[(line.IndexOf('>', StringComparison.Ordinal) + 1)..] : line;
        return text.Split(' ')[0] switch
        {
            "CTRL-EVENT-CONNECTED" => new(JoinEnd.Joined),
            "CTRL-EVENT-SSID-TEMP-DISABLED" => new(text.EndsWith(" reason=WRONG_KEY", StringComparison.Ordinal) ? JoinEnd.WrongKey : JoinEnd.Refused),
            "CTRL-EVENT-NETWORK-NOT-FOUND" => Missed + 1 == MostMissed ? new(JoinEnd.NotFound) : new(null, Missed + 1),
            _ => this,
        };
    }
}
