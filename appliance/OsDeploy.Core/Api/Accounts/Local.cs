namespace OsDeploy.Api.Accounts;

/// <param name="From">Address the person comes from, for the audit log; null: not known.</param>
public sealed record LocalLogin(string? From = null);

/// <summary>A password that somebody typed to another program of the appliance.</summary>
/// <param name="From">Address the person comes from: attempts are counted by it.</param>
public sealed record LocalCheck(string Name, string Password, string From)
{
    public override string ToString() => nameof(LocalCheck);
}
