using OsDeploy.Server.Api;

namespace OsDeploy.Server.Accounts;

/// <summary>Turns what came as <c>Authorization: Bearer</c> into the operator it stands for.</summary>
internal sealed class Authenticator(Operators operators, Sessions sessions)
{
    /// <param name="bearer">Anything; never logged.</param>
    /// <returns>Null: it is no session or token, or no longer one. The role and rooms are those of this moment.</returns>
    public OperatorCaller? Authenticate(string bearer)
    {
        if (BearerToken.Is(BearerToken.SessionPrefix, bearer))
        {
            return OfSession(BearerToken.HashOf(bearer));
        }

        if (!BearerToken.Is(BearerToken.LongLivedPrefix, bearer))
        {
            return null;
        }

        var hash = BearerToken.HashOf(bearer);
        return operators.Table.FindByToken(hash) is { IsDisabled: false } account ? account.ToCaller(hash) : null;
    }

    /// <summary>Whether a long answer may go on: the credential still opens what it opened. Does not keep a session from being idle.</summary>
    public bool IsValid(OperatorCaller who)
    {
        var account = operators.Table.FindByToken(who.Session) is { IsDisabled: false } holder ? holder : AccountOf(sessions.Find(who.Session));
        return account is not null && account.Name == who.Name && account.Role == who.Role && account.Rooms.SequenceEqual(who.Rooms);
    }

    private OperatorCaller? OfSession(string hash)
    {
        if (sessions.Use(hash) is not { } session)
        {
            return null;
        }

        if (AccountOf(session) is { } account)
        {
            return account.ToCaller(hash);
        }

        _ = sessions.End(hash, () => { });
        return null;
    }

    private OperatorRecord? AccountOf(Session? session) =>
        session is not null && operators.Table.Find(session.Operator) is { IsDisabled: false } account
            && (account.Stamp == session.Stamp || account.KeptSession == session.Hash)
            ? account
            : null;
}
