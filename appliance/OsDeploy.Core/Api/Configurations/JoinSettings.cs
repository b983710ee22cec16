namespace OsDeploy.Api.Configurations;

/// <summary>Where hosts belong, said by a configuration or by a host. Null: as the configuration says; <see cref="None"/>: none, whatever it says.</summary>
/// <param name="Domain">DNS or NetBIOS name.</param>
/// <param name="MachineOu"><c>OU=rooms,DC=school,DC=local</c>: where the domain keeps the computer's account.</param>
public sealed record JoinSettings(string? Domain = null, string? MachineOu = null, string? Workgroup = null)
{
    /// <summary>No domain, unit or workgroup can be called that.</summary>
    public const string None = "-";
}
