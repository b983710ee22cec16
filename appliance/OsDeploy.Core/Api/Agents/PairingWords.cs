using System.Security.Cryptography;
using System.Text;

namespace OsDeploy.Api.Agents;

/// <summary>
/// Four words on the screen of a computer that waits to be registered, and beside it on the console. Both ends make them of what the computer
/// drew at this start and of the appliance's key: if they are alike, this is that computer, and nobody stands between the two.
/// </summary>
public static class PairingWords
{
    /// <param name="nonce">Of the hello.</param>
    /// <param name="key">That the appliance has shown to this end.</param>
    public static string Of(string nonce, ServerKey key) => OfHash(Hash(nonce), key);

    /// <summary>What a computer shows while somebody is about to compare; null: nobody is.</summary>
    /// <param name="key">Null: the appliance has shown none, and there is nothing to make them of.</param>
    public static string? For(Orders orders, string nonce, ServerKey? key) =>
        (orders.State == AgentState.Pending || orders.ShowsWords) && key is { } shown ? Of(nonce, shown) : null;

    /// <param name="hash">SHA-256 of the nonce in hexadecimal digits: the appliance keeps no more.</param>
    public static string OfHash(string hash, ServerKey key) => FourWords.Of(Hash($"osdeploy pairing {hash} {key}"));

    /// <summary>Whether somebody typed these words; how they are parted and written does not count.</summary>
    public static bool AreEqual(string words, string typed) =>
        string.Equals(words, string.Join(' ', typed.Split([' ', '-', '\t'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.OrdinalIgnoreCase);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
}
