namespace OsDeploy.Api.Hosts;

/// <summary>How far a host's start over the network can be trusted. Higher tiers need keys of the school's own in the firmware, or a TPM.</summary>
public static class Assurance
{
    /// <returns>1: Secure Boot takes signed loaders and kernels only, whoever signed them; 0: whoever answers first owns the start.</returns>
    public static int TierOf(Inventory inventory) => inventory is { Firmware: "uefi", SecureBoot: "on" } ? 1 : 0;
}
