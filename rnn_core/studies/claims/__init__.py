"""Claims that many tutorials on recurrent networks repeat, each judged by a computation: `all_claims.judge(14)`."""
