namespace OsDeploy.Agent.Network;

/// <summary>What an appliance, asked over one card, has said.</summary>
internal enum Answer
{
    /// <summary>Nothing yet: it was not asked.</summary>
    Unasked,

    None,

    /// <summary>There is a server, with another key.</summary>
    Other,

    Yes,
}

/// <summary>A network card at one moment.</summary>
/// <param name="HasCable">There is something alive at the other end; a wireless card has joined its network.</param>
/// <param name="Lease">Null: no DHCP server has answered.</param>
internal sealed record Card(string Name, bool HasCable, Lease? Lease = null, Answer Answer = Answer.Unasked, bool IsWireless = false);
