namespace OsDeploy.Api.Configurations;

/// <summary>The account with which hosts join a domain. One for each domain: Windows lets only the account that joined a computer join it again.</summary>
/// <param name="Domain">As configurations and hosts name it, compared without case.</param>
/// <param name="User">Its name alone: the domain stands beside it in the answer file.</param>
/// <param name="Password">Written, never read back: the API shows <see cref="Secret.Mask"/>.</param>
public sealed record JoinAccount(string Domain, string User, string Password, string ChangedBy, DateTimeOffset ChangedAt)
{
    /// <summary>What a log may say of it.</summary>
    public override string ToString() => $"{nameof(JoinAccount)} of {Domain}";
}

/// <param name="Password">Null, or <see cref="Secret.Mask"/>: as it is.</param>
public sealed record JoinAccountChange(string User, string? Password = null)
{
    /// <summary>What a log may say of it.</summary>
    public override string ToString() => nameof(JoinAccountChange);
}
